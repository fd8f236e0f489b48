import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const policy = fileURLToPath(new URL('policy.yaml', import.meta.url));

/** A real server process of H2H Throttle, on ports that were free and a store in a temporary folder. */
export class ThrottleServer {
  #process;
  #exit;

  /** Where gRPC is spoken, as `host:port`. */
  grpcAddress;
  /** Where JSON is spoken, as `http://host:port`. */
  httpUrl;
  /** Every line that the server logged. */
  log = [];

  /**
   * Starts a server; resolves when it takes calls.
   * @param settings Options of the server, as in `{ 'Throttle:TrustRequestTime': true }`.
   * @param folder Where its store is and stays; absent: a new one, removed when the server has ended.
   */
  static async start(settings = {}, folder = undefined) {
    const server = new ThrottleServer();
    await server.#start(settings, folder ?? await newFolder(), folder === undefined);
    return server;
  }

  /** Asks it to stop, and waits until it has: without a complaint in its log, and with exit code 0. */
  async stop() {
    const code = await this.end();
    assert.deepEqual(this.log.filter(line => / (warn|fail|crit): /.test(line)), []);
    assert.equal(code, 0);
  }

  /** Asks it to stop, whatever it complained of; its exit code. */
  async end() {
    this.signal('SIGTERM');
    const [code] = await this.#exit;
    return code;
  }

  /** Ends it as a power cut would. */
  async kill() {
    this.signal('SIGKILL');
    await this.#exit;
  }

  signal(name) {
    this.#process.kill(name);
  }

  async #start(settings, folder, isTemporary) {
    const options = {
      'Server:GrpcPort': 0,
      'Server:HttpPort': 0,
      'Server:FirstPolicyPath': policy,
      'Sqlite:Path': join(folder, 'store.db'),
      ...settings,
    };
    const [command, ...before] = findServer();
    const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    this.#process = spawn(command, [...before, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#exit = once(this.#process, 'close');
    const killIfAbandoned = () => this.#process.kill('SIGKILL');
    process.once('exit', killIfAbandoned);
    this.#process.once('close', () => {
      process.off('exit', killIfAbandoned);
      if (isTemporary) {
        rmSync(folder, { recursive: true });
      }
    });
    createInterface({ input: this.#process.stderr }).on('line', line => this.log.push(line));
    await this.#readGreeting();
  }

  // It says where the server listens; its last line comes when calls are taken.
  async #readGreeting() {
    for await (const line of createInterface({ input: this.#process.stdout })) {
      this.grpcAddress ??= /^ +gRPC +(\S+)/.exec(line)?.[1];
      this.httpUrl ??= /^ +JSON +(\S+)/.exec(line)?.[1];
      if (line.startsWith('Ctrl+C')) {
        this.#process.stdout.resume();
        return;
      }
    }

    throw new Error(`The server did not start: ${this.log.join('\n')}`);
  }
}

/** A new folder for a store that outlives its server. */
export function newFolder() {
  return mkdtemp(join(tmpdir(), 'h2h-throttle-client-'));
}

/** How to run the built server: the environment's H2H_SERVER, else what was built last in Release, else in Debug. */
function findServer() {
  const built = ['release', 'debug'].map(configuration =>
    join(repository, 'artifacts/bin/H2H.Throttle.Server', configuration, 'H2H.Throttle.Server'));
  const candidates = process.env.H2H_SERVER ? [process.env.H2H_SERVER] : built;
  const path = candidates.find(existsSync);
  if (!path) {
    throw new Error(`There is no server at ${candidates.join(' nor at ')}: build src/H2H.Throttle.Server.`);
  }

  return path.endsWith('.dll') ? ['dotnet', path] : [path];
}
