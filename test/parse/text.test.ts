import {expect, it} from 'vitest';
import {judgeText} from '../../src/parse/text.ts';

it.each(['hello', '{"a":1}', '', '\u001b[31mred\u001b[0m'])('takes %j as a record whose message it is', text => {
  expect(judgeText(text)).toEqual({kind: 'record', value: {message: text}});
});
