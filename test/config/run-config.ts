import type {RunConfig} from '../../src/model/config.ts';
import {UsageError} from '../../src/model/errors.ts';
import {parseFlags} from '../../src/config/flags.ts';

export const CONTEXT = {cwd: '/srv/shop', cores: 4};

/** The configuration of a run that the words ask for; fails the test for anything else. */
export const runConfigOf = (...argv: string[]): RunConfig => {
  const result = parseFlags(argv, CONTEXT);
  if (result.kind !== 'run') throw new Error(`expected a run, got ${result.kind}`);
  return result.config;
};

/** The message of the usage error that the words must cause. */
export const usageErrorOf = (...argv: string[]): string => {
  try {
    parseFlags(argv, CONTEXT);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error(`expected a usage error for ${JSON.stringify(argv)}`);
};
