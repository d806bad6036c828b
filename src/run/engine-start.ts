// What the engine's process is started with.
import {keepCompiledCode} from './compiled-code.ts';

keepCompiledCode(process.env);
await import('./engine-process.ts');
