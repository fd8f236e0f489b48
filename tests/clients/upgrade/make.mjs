// Makes what a later version is tried on: node make.mjs stores/COMMIT-DAY-KIND lives through the day of that name on
// the built server and keeps its store, and what it answers from then on. See README.md.
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { answersOf } from './asking.mjs';
import { h2h } from './h2h.mjs';
import { withServer } from './opened.mjs';

const folder = resolve(process.argv[2]);
const [, day, kind] = basename(folder).split('-');
const { liveThrough, policy, questions } = await import(`./days/${day}.mjs`);
const inFolder = name => join(folder, name);
const keep = (name, content) => writeFileSync(inFolder(name), `${JSON.stringify(content, null, 1)}\n`);
const open = use => withServer(folder, kind === 'redis', use, {
  toKeep: true, settings: { 'Server:FirstPolicyPath': inFolder('policy.yaml'), 'Webhooks:TriesMax': 1 },
});

mkdirSync(folder, { recursive: true });
writeFileSync(inFolder('policy.yaml'), policy);
await open(async server => keep('secrets.json', await liveThrough(server)));
if (kind === 'rotated') {
  execFileSync(h2h, [
    'store', 'rotate-key', `sqlite:${inFolder('store.db')}`, `sqlite:${inFolder('second.db')}`,
    '--key', inFolder('store.key'), '--new-key', inFolder('second.key'),
  ], { stdio: 'inherit' });
  renameSync(inFolder('second.db'), inFolder('store.db'));
  renameSync(inFolder('second.key'), inFolder('store.key'));
}

await open(async ({ httpUrl }) => keep('answers.json', await answersOf(httpUrl, questions)));
