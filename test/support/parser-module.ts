import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {afterAll} from 'vitest';
import type {Format} from '../../src/model/format.ts';

/** A custom parser for tests: the file, and the format that names it. */
export type ParserModule = Extract<Format, {kind: 'module'}> & {readonly file: string};

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, {recursive: true, force: true});
});

/** A folder of this test file's own; it is gone when the file is through. */
export const tempFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keepup-test-'));
  folders.push(folder);
  return folder;
};

/** Writes a module, `parser.mjs` unless it has another name. */
export const parserModule = (source: string, name = 'parser.mjs'): ParserModule => {
  const file = path.join(tempFolder(), name);
  writeFileSync(file, source);
  return {kind: 'module', path: file, url: pathToFileURL(file).href, file};
};
