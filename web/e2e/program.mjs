// How does a story start the real program, end it, and ask it what it holds?
//
// Nothing here waits for a time to pass: it waits for a line, an answer or the end of a stream.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** The program, serving a data folder of its own. */
export class Program {
  static async start() {
    const program = new Program();
    program.folder = await mkdtemp(join(tmpdir(), 'paydirt-story-'));
    program.port = await freePort();
    program.address = `http://127.0.0.1:${program.port}`;
    try {
      await program.startAgain();
    } catch (error) {
      await program.remove();
      throw error;
    }
    return program;
  }

  /** Starts it with the same folder and at the same port, and waits until it names its address. */
  async startAgain() {
    const data = ['--data', this.folder, '--port', String(this.port)];
    this.child = spawn(process.env.PAYDIRT_BINARY, ['serve', ...data], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.said = '';
    this.child.stderr.on('data', (text) => {
      this.said += text;
    });
    const ended = once(this.child, 'exit').then(([code]) => {
      throw new Error(`the program ended with ${code} and named no address: ${this.said}`);
    });
    const address = await Promise.race([addressIn(this.child.stdout), ended]);
    ended.catch(() => {});
    if (address !== this.address) {
      throw new Error(`the program serves ${address}, not ${this.address}`);
    }
  }

  /** Ends it as Ctrl-C does, or at once as a power cut does. */
  async stop(signal = 'SIGINT') {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async remove() {
    await this.stop('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }

  get(path) {
    return this.#ask('GET', path);
  }

  post(path, body) {
    return this.#ask('POST', path, 'application/json', JSON.stringify(body));
  }

  patch(path, body) {
    return this.#ask('PATCH', path, 'application/json', JSON.stringify(body));
  }

  /** Sends a file: a path, or a name with its bytes. */
  async upload(file) {
    const isPath = typeof file === 'string';
    const path = `/uploads?name=${encodeURIComponent(isPath ? basename(file) : file.name)}`;
    const bytes = isPath ? await readFile(file) : file.buffer;
    return this.#ask('POST', path, 'application/octet-stream', bytes);
  }

  /** Makes a log of a file, or adds it to one, and waits until it is there. */
  async import({ file, ...order }) {
    const { id } = await this.upload(file);
    const job = await this.post('/imports', { upload: id, settings: {}, mode: 'new', ...order });
    return this.result(job);
  }

  /** Makes the demo log. */
  async demo(order) {
    return this.result(await this.post('/demo', order));
  }

  /** What a job made, once its stream of events has ended. */
  async result({ id }) {
    await (await fetch(`${this.address}/api/v1/jobs/${id}/events`)).text();
    const job = await this.get(`/jobs/${id}`);
    if (job.state !== 'done') throw new Error(`the job did not end well: ${JSON.stringify(job)}`);
    return job.result;
  }

  /** The map of a version such as `4@2`; all of its activities unless `params` say less. */
  map(version, params = {}) {
    return this.ask(version, 'map', { waits: true, ...params });
  }

  /** One question about a version, under some filters. */
  async ask(version, question, params, filters = []) {
    const tiles = [{ id: question, question, params }];
    const { tiles: answers } = await this.post('/analyses', { version, filters, tiles });
    if (answers[0].problem) throw new Error(JSON.stringify(answers[0].problem));
    return answers[0].answer;
  }

  async #ask(method, path, type, body) {
    const headers = type === undefined ? {} : { 'Content-Type': type };
    const response = await fetch(`${this.address}/api/v1${path}`, { method, headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

async function addressIn(output) {
  for await (const line of createInterface({ input: output })) {
    const found = line.match(/http:\/\/[^\s/]+/);
    if (found) {
      output.resume();
      return found[0];
    }
  }
  return new Promise(() => {});
}
