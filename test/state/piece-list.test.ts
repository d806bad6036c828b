import fc from 'fast-check';
import {expect, it} from 'vitest';
import type {HistoryPiece} from '../../src/model/task.ts';
import {PieceList} from '../../src/state/piece-list.ts';
import {pieceOf} from '../support/piece.ts';

it('is a queue that finds its pieces by key, whatever is pushed and shifted', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('push', 'push', 'shift'), {maxLength: 200}), fc.nat(400), (steps, ordinal) => {
      const list = new PieceList();
      const model: HistoryPiece[] = [];
      for (const [index, step] of steps.entries()) {
        if (step === 'shift') expect(list.shift()).toBe(model.shift());
        else {
          const piece = pieceOf(1, 1, {ordinal: index * 2});
          list.push(piece);
          model.push(piece);
        }
        expect([list.length, list.at(0), list.newest()]).toEqual([model.length, model[0], model.at(-1)]);
      }
      expect(list.startingBelow([ordinal, 0])).toBe(model.filter(piece => piece.ordinal < ordinal).length);
      expect(list.startingUpTo([ordinal, 0])).toBe(model.filter(piece => piece.ordinal <= ordinal).length);
      expect([list.at(-1), list.at(model.length)]).toEqual([undefined, undefined]);
    }),
  );
});
