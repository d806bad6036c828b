import {readFileSync} from 'node:fs';

/** What `assembly/index.ts` exports. Addresses and lengths are in bytes; those that come out take {@link asAddress}. */
export type ScannerExports = {
  /** From here on the memory is free. */
  readonly base: () => number;
  readonly useScratch: (at: number) => void;
  /** Returns how many lines were picked. */
  readonly scan: (input: number, end: number, maxLineBytes: number, firstIndex: number) => number;
  readonly stoppedAt: WasmGlobal;
  readonly lineCount: WasmGlobal;
  readonly invalidCount: WasmGlobal;
  /** Lines of all scans that were told by the form of lines before them. */
  readonly knownCount: WasmGlobal;
  /** Returns 0 where the fields must be asked of the parser. */
  readonly fieldsOf: (line: number, tree: number, fields: number) => number;
  /** Tells where the wanted fields' tree is by which records are grouped, and how many fields it has. */
  readonly groupBy: (tree: number, fields: number) => void;
  readonly startGroups: () => void;
  readonly clearGroups: () => void;
  readonly touchedGroups: WasmGlobal;
  readonly seedShapes: (seed: bigint) => void;
  readonly copyBytes: (from: number, to: number, bytes: number) => void;
  readonly countNewlines: (at: number, end: number) => number;
  readonly symbolCount: () => number;
  readonly symbolEntry: (symbol: number) => number;
  readonly clearSymbols: () => void;
};

/** What WebAssembly gives out is signed: addresses from 2 GiB on come as negative numbers. */
export const asAddress = (value: number): number => value >>> 0;

export type WasmGlobal = {readonly value: number};

/** WebAssembly's memory that threads share; can be sent to a worker. */
export type SharedMemory = {readonly buffer: SharedArrayBuffer};

/**
 * Reserves memory; what is never touched costs nothing.
 *
 * @returns Null where there is none of that size to be had.
 */
export const reserveMemory = (bytes: number): SharedMemory | null => {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  try {
    return new (webAssembly().Memory)({initial: pages, maximum: pages, shared: true});
  } catch {
    return null;
  }
};

/**
 * Instantiates the scanner, in this thread and at once.
 *
 * @returns Null where the file is missing or this runtime can't run it: no WebAssembly, no SIMD, no threads.
 */
export const loadWasm = (memory: SharedMemory, file: URL = scannerFile()): ScannerExports | null => {
  try {
    const {Instance, Module} = webAssembly();
    return new Instance(new Module(readFileSync(file)), {env: {memory}}).exports;
  } catch {
    return null;
  }
};

/** The build puts it into `dist/`; sources run from there, too. */
const scannerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/scanner.wasm' : './scanner.wasm', import.meta.url);

const PAGE_BYTES = 65_536;

const webAssembly = (): WebAssemblyApi => (globalThis as unknown as {WebAssembly: WebAssemblyApi}).WebAssembly;

/** The types of Node have no WebAssembly. */
type WebAssemblyApi = {
  readonly Memory: new (size: {initial: number; maximum: number; shared: true}) => SharedMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => {readonly exports: ScannerExports};
};
