// Checks who imports whom: `node test/support/check-imports.mjs [folder that holds src and the rules]`.
// Fails for every breach, and when fewer modules were read than there are files: with a TypeScript
// that it cannot use, dependency-cruiser reads none and is content.
import {spawnSync} from 'node:child_process';
import {globSync} from 'node:fs';
import {fileURLToPath} from 'node:url';

const root = process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url));
const cruiser = fileURLToPath(new URL('../../bin/dependency-cruiser.mjs', import.meta.resolve('dependency-cruiser')));

// AssemblyScript is another language; its folder has a compiler of its own.
const files = globSync('src/**/*.{ts,tsx,mts,cts,js,mjs,cjs}', {cwd: root, exclude: ['src/scan/assembly/**']});
const cruise = spawnSync(
  process.execPath,
  [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'],
  {cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 ** 2},
);
const {modules, summary} = resultOf(cruise);
const read = new Set(modules.map(module => module.source));
const unread = files.filter(file => !read.has(file));

for (const {from, to, rule, cycle} of summary.violations) {
  const path = cycle === undefined ? [from, to] : [from, ...cycle.map(step => step.name ?? step)];
  console.error(`${rule.name}: ${path.join(' → ')}\n  ${commentOf(rule.name)}`);
}
if (unread.length > 0)
  console.error(`${unread.length} of ${files.length} files of src were not read, ${unread[0]} among them`);
if (files.length === 0) console.error(`no files in ${root}/src`);

const isClean = summary.violations.length === 0 && unread.length === 0 && files.length > 0;
console.log(
  `imports: ${files.length - unread.length} of ${files.length} files read, ${summary.violations.length} breaches`,
);
process.exitCode = isClean ? 0 : 1;

function resultOf({stdout, stderr, error}) {
  try {
    return JSON.parse(stdout).summary === undefined ? fail(stdout) : JSON.parse(stdout);
  } catch {
    return fail(error?.message ?? (stderr || stdout));
  }
}

function fail(reason) {
  console.error(`dependency-cruiser gave no result: ${reason}`);
  process.exit(1);
}

function commentOf(name) {
  return summary.ruleSetUsed?.forbidden?.find(rule => rule.name === name)?.comment ?? '';
}
