// Puts the program into few files: a screen that had to find and read 400 modules was late by half a second.
// `rolldown -c .rolldown.mjs`, as part of `npm run build`.
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {defineConfig} from 'rolldown';

/** The text of every licence whose code is in the bundle. */
const thirdParties = {
  name: 'third-parties',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap(chunk => chunk.moduleIds ?? []);
    const folders = new Set(modules.map(packageFolder).filter(folder => folder !== null));
    const texts = [...folders].toSorted().map(folder => `${nameOf(folder)}\n\n${licenceOf(folder)}`);
    this.emitFile({type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source: texts.join(`\n${'-'.repeat(80)}\n\n`)});
  },
};

/** Of the package that a module is from; null for ours. */
const packageFolder = id => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? null;

const nameOf = folder => {
  const {name, version, license} = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return `${name} ${version} (${license})`;
};

const licenceOf = folder => {
  const file = readdirSync(folder).find(name => /^licen[cs]e/i.test(name));
  return file === undefined ? '(no licence file)\n' : readFileSync(path.join(folder, file), 'utf8');
};

export default defineConfig({
  // What is started by its path: by people, as a process, as a thread; and the screen, which tests start by itself.
  input: {
    launcher: 'src/launcher.ts',
    'engine-start': 'src/run/engine-start.ts',
    entry: 'src/worker/entry.ts',
  },
  platform: 'node',
  // Finds its thread's code beside itself.
  external: ['tinypool', 'react-devtools-core'],
  plugins: [thirdParties],
  // React's own switch, and Ink's for a debugger that is not there.
  transform: {target: 'es2024', define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': 'undefined'}},
  output: {
    dir: 'dist',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    // One file for all that several need: each file more is a millisecond more.
    codeSplitting: {groups: [{name: 'common', minShareCount: 3}]},
    // Names stay, for the traces of crashes.
    minify: {mangle: false, compress: true, codegen: true},
  },
});
