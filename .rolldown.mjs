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

/** ICU takes 20 ms to make the first of them, which hardly any run needs before the first frame: made when used. */
const lateSegmenters = {
  name: 'late-segmenters',
  transform(code, id) {
    if (packageFolder(id) === null || !code.includes('new Intl.Segmenter(')) return null;
    return LATE_SEGMENTER + code.replaceAll('new Intl.Segmenter(', 'lateSegmenter(');
  },
};
const LATE_SEGMENTER =
  'const lateSegmenter = (...options) => { let made; ' +
  'return {segment: text => (made ??= new Intl.Segmenter(...options)).segment(text)}; };\n';

/** Its expressions of Unicode properties take 30 ms, and most runs see no glyph that needs them: loaded when used. */
const lateStringWidth = {
  name: 'late-string-width',
  resolveId: (source, importer) =>
    source === 'string-width' && importer !== undefined && packageFolder(importer) === null ? LATE_STRING_WIDTH : null,
  load: id =>
    id === LATE_STRING_WIDTH
      ? `import {createRequire} from 'node:module';
         let made;
         export default (...all) => (made ??= createRequire(import.meta.url)('string-width').default)(...all);`
      : null,
};
const LATE_STRING_WIDTH = '\0late-string-width';

/** Yoga asks Node's fetch for what it holds itself: 50 ms, to load an HTTP client. */
const noFetchInYoga = {
  name: 'no-fetch-in-yoga',
  transform: (code, id) => (id.includes('/yoga-layout/') ? code.replaceAll('typeof fetch', '"undefined"') : null),
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

const WORDS = /src\/(model|text|plain)\/|src\/run\/(say|files|exit-code|no-run-error)|late-string-width/;

export default defineConfig({
  // What is started by its path: by people, as a process, as a thread.
  input: {
    launcher: 'src/launcher.ts',
    'engine-start': 'src/run/engine-start.ts',
    entry: 'src/worker/entry.ts',
  },
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  // The first finds its thread's code beside itself; the other is there only for those who debug Ink.
  external: ['react-devtools-core'],
  plugins: [thirdParties, lateSegmenters, lateStringWidth, noFetchInYoga],
  // React's own switch.
  transform: {target: 'es2024', define: {'process.env.NODE_ENV': '"production"'}},
  output: {
    dir: 'dist',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    // One file for all that several need: each file more is a millisecond more.
    codeSplitting: {
      groups: [
        // What help and errors need as well, without Node's net and crypto.
        {name: 'words', test: WORDS, minShareCount: 3, includeDependenciesRecursively: false},
        {name: 'common', minShareCount: 3},
      ],
    },
    // Names stay, for the traces of crashes.
    minify: {mangle: false, compress: true, codegen: true},
  },
});
