import type {Engine} from '../engine/engine.ts';
import type {RunConfig} from '../model/config.ts';
import {UsageError} from '../model/errors.ts';
import type {Connection} from '../wire/connection.ts';
import type {Ending} from '../wire/protocol.ts';
import {WireServer} from '../wire/server.ts';
import {listenRun, type Listening} from '../wire/listen-run.ts';
import {openRunFolder} from '../wire/run-folder.ts';
import {saveReport} from '../wire/saved-reports.ts';
import {answerControl} from './control.ts';

/** A run as others reach it: over the connections that are handed to it, and over a named socket where there is one. */
export class ServedRun {
  readonly #config: RunConfig;
  readonly #engine: Engine;
  readonly #env: NodeJS.ProcessEnv;
  readonly #server: WireServer;
  #listening: Listening | null = null;
  #isDetachable: boolean;

  /** @param env Names the folder of sockets. */
  constructor(config: RunConfig, engine: Engine, env: NodeJS.ProcessEnv) {
    this.#config = config;
    this.#engine = engine;
    this.#env = env;
    this.#isDetachable = config.detachable;
    this.#server = new WireServer({
      monitor: engine,
      control: request => answerControl(engine, request, () => this.#detach()),
      viewsChanged: () => this.#tell(),
      linesChanged: lines => engine.show(lines),
      viewLeft: () => {},
    });
    this.#tell();
  }

  /** The run goes on when its views are gone. */
  get isDetachable(): boolean {
    return this.#isDetachable;
  }

  /** How many views are attached. */
  get views(): number {
    return this.#server.views;
  }

  /** Serves whoever is at the other end. */
  add(connection: Connection): void {
    void this.#server.add(connection);
  }

  /** Opens the named socket, if it isn't. Returns why that can't be, or null. */
  async listen(): Promise<string | null> {
    try {
      this.#listening ??= await listenRun(openRunFolder(this.#env), this.#config.runName, connection => this.add(connection));
      this.#tell();
      return null;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return error.message;
    }
  }

  /** Tells all views how the run ended, leaves its report behind for those who ask later, and closes. */
  async end(ending: Ending): Promise<void> {
    await this.#leaveReport(ending);
    await this.#server.end(ending);
    this.#listening?.close();
  }

  async #detach(): Promise<{readonly name: string} | {readonly problem: string}> {
    const problem = await this.listen();
    if (problem !== null) return {problem};
    this.#isDetachable = true;
    this.#tell();
    return {name: this.#listening!.name};
  }

  async #leaveReport({report}: Ending): Promise<void> {
    if (this.#listening === null) return;
    // Nobody waits for it; who wants to be sure of a report names a file.
    await saveReport(openRunFolder(this.#env), this.#listening.name, report).catch(() => {});
  }

  #tell(): void {
    const attachName = this.#listening?.name ?? null;
    this.#engine.attachment({attachName, detachable: this.#isDetachable, views: this.#server.views});
  }
}
