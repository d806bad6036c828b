import {expect, test} from 'vitest';
import {GroupNames, ToldNames} from '../../src/worker/group-names.ts';

test('a kind and a template have one name, with a number of its own', () => {
  const names = new GroupNames();
  const name = names.nameOf('error', 'a');
  expect(names.nameOf('error', 'a')).toBe(name);
  const others = [names.nameOf('fatal', 'a'), names.nameOf('error', 'b')];
  expect(new Set([name, ...others].map(({id}) => id)).size).toBe(3);
  expect(names.made).toBe(3);
});

test('each name is told once', () => {
  const names = new GroupNames();
  const told = new ToldNames();
  const first = names.nameOf('error', 'a');
  told.add(names.tell());
  expect(names.hasUntold).toBe(false);
  names.nameOf('error', 'a');
  expect(names.tell()).toEqual([]);
  const second = names.nameOf('fatal', 'b');
  expect(names.hasUntold).toBe(true);
  told.add(names.tell());
  expect([told.at(first.id), told.at(second.id), told.count]).toEqual([first, second, names.made]);
});

test('names are forgotten when there are too many, and their numbers not given again', () => {
  const names = new GroupNames();
  const told = new ToldNames();
  let last = names.nameOf('error', 'first');
  for (let index = 0; !names.makeRoom(); index++) last = names.nameOf('error', String(index));
  const again = names.nameOf('error', 'first');
  expect(again.id).toBe(last.id + 1);
  told.add(names.tell());
  expect(told.at(last.id)).toBe(last);
  expect(told.at(again.id)).toBe(again);
  for (let index = 0; index < 140_000; index++) {
    names.nameOf('error', `more ${index}`);
    names.makeRoom();
  }
  told.add(names.tell());
  expect(told.at(last.id)).toBeUndefined();
  expect(told.count).toBe(names.made);
});
