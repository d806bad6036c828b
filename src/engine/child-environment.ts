import type {ProcessSpec} from '../model/config.ts';
import type {Guard} from '../model/guard.ts';

/** What a child gets: the caller's environment as it is, its name and number, the tag that its descendants carry. */
export const childEnvironment = (
  env: NodeJS.ProcessEnv,
  runName: string,
  {name, instance}: ProcessSpec,
  [tag, value]: ReturnType<Guard['tagOf']>,
): NodeJS.ProcessEnv => ({
  ...env,
  KEEPUP_RUN: runName,
  KEEPUP_NAME: name,
  KEEPUP_INSTANCE: String(instance),
  [tag]: value,
});
