import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = ['release', 'debug'].map(configuration =>
  fileURLToPath(new URL(`../../../artifacts/bin/H2H.Throttle.Cli/${configuration}/h2h`, import.meta.url)));

/** The built command line: the environment's H2H_CLI, else what was built last in Release, else in Debug. */
export const h2h = process.env.H2H_CLI ?? built.find(existsSync);
