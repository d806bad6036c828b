import {readFileSync} from 'node:fs';

/** What `assembly/index.ts` exports. Addresses and lengths are in bytes. */
export type ScannerExports = {
  readonly memory: WasmMemory;
  /** From here on the memory is free. */
  readonly base: () => number;
  /** Returns how many lines there are. */
  readonly scan: (input: number, length: number, maxLineBytes: number, codes: number, ends: number) => number;
  readonly symbolCount: () => number;
  readonly symbolEntry: (symbol: number) => number;
  readonly clearSymbols: () => void;
};

export type WasmMemory = {readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number};

/**
 * Instantiates the scanner, in this thread and at once.
 *
 * @returns Null where the file is missing or this runtime can't run it: no WebAssembly, no SIMD.
 */
export const loadWasm = (file: URL): ScannerExports | null => {
  try {
    const {Instance, Module} = (globalThis as unknown as {WebAssembly: WebAssemblyApi}).WebAssembly;
    return new Instance(new Module(readFileSync(file))).exports;
  } catch {
    return null;
  }
};

/** The types of Node have no WebAssembly. */
type WebAssemblyApi = {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => {readonly exports: ScannerExports};
};
