// Makes what a later version is tried on: node make.mjs FOLDER URL lives through the day on the server at URL, which
// was started with --Throttle:TrustRequestTime=true and FOLDER/policy.yaml as its first policy, and keeps its answers.
// With FOLDER alone it writes that policy. See README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersOf, liveThrough, policy } from './day.mjs';

const [folder, httpUrl] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
if (httpUrl === undefined) {
  writeFileSync(join(folder, 'policy.yaml'), policy);
} else {
  await liveThrough(httpUrl);
  writeFileSync(join(folder, 'answers.json'), `${JSON.stringify(await answersOf(httpUrl), null, 1)}\n`);
}
