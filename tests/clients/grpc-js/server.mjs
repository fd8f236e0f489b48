import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
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
   * @param folder Where its store is; absent: a new one, removed when the server has stopped.
   */
  static async start(settings = {}, folder = undefined) {
    const server = new ThrottleServer();
    server.folder = folder ?? await mkdtemp(join(tmpdir(), 'h2h-throttle-client-'));
    server.keepsFolder = folder !== undefined;
    await server.#start(settings);
    return server;
  }

  /** Asks it to stop, and waits until it has: without a failure in its log, and with exit code 0. */
  async stop() {
    this.signal('SIGTERM');
    const [code] = await this.#exit;
    await this.#clear();
    assert.deepEqual(this.log.filter(line => / (fail|crit): /.test(line)), []);
    assert.equal(code, 0);
  }

  /** Ends it as a power cut would. */
  async kill() {
    this.signal('SIGKILL');
    await this.#exit;
    await this.#clear();
  }

  signal(name) {
    this.#process.kill(name);
  }

  /** True once the process has ended. */
  get hasExited() {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async #start(settings) {
    const options = {
      'Server:GrpcPort': 0,
      'Server:HttpPort': 0,
      'Server:FirstPolicyPath': policy,
      'Sqlite:Path': join(this.folder, 'store.db'),
      ...settings,
    };
    const [command, ...before] = findServer();
    const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    this.#process = spawn(command, [...before, ...args], { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#exit = once(this.#process, 'close');
    const killIfAbandoned = () => this.#process.kill('SIGKILL');
    process.once('exit', killIfAbandoned);
    this.#process.once('close', () => process.off('exit', killIfAbandoned));
    createInterface({ input: this.#process.stderr }).on('line', line => this.log.push(line));

    // The greeting says where it listens; its last line comes when it takes calls.
    for await (const line of createInterface({ input: this.#process.stdout })) {
      this.grpcAddress ??= /^ +gRPC +(\S+)/.exec(line)?.[1];
      this.httpUrl ??= /^ +JSON +(\S+)/.exec(line)?.[1];
      if (line.startsWith('Ctrl+C')) {
        return;
      }
    }

    throw new Error(`The server did not start: ${this.log.join('\n')}`);
  }

  async #clear() {
    if (!this.keepsFolder) {
      await rm(this.folder, { recursive: true, force: true });
    }
  }
}

/** How to run the built server: the environment's H2H_SERVER, else what was built last in Release, else in Debug. */
function findServer() {
  const built = ['release', 'debug'].map(configuration =>
    join(repository, 'artifacts/bin/H2H.Throttle.Server', configuration, 'H2H.Throttle.Server'));
  const path = [process.env.H2H_SERVER, ...built].find(candidate => candidate && existsSync(candidate));
  if (!path) {
    throw new Error(`There is no server: set H2H_SERVER, or build src/H2H.Throttle.Server. Looked at ${built}.`);
  }

  return path.endsWith('.dll') ? ['dotnet', path] : [path];
}
