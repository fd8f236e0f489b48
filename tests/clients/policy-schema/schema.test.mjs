// The schemas against every document of the repository: what is valid passes, and what is wrong by itself does not.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';

const root = join(import.meta.dirname, '..', '..', '..');
const policies = 'src/H2H.Throttle.Engine/Policies';
const json = path => JSON.parse(readFileSync(join(root, path), 'utf8'));
const ajv = new Ajv({
  allErrors: true, verbose: true,
  strict: true, strictRequired: false, strictTypes: false, allowMatchingProperties: true,
});
ajv.addVocabulary(['enumDescriptions', 'errorMessage']);   // what editors read
ajv.addSchema(json(`${policies}/policy.schema.json`), 'policy.schema.json');
ajv.addSchema(json(`${policies}/Scenarios/scenario.schema.json`), 'scenario.schema.json');

const filesIn = folder => readdirSync(join(root, folder)).filter(name => name.endsWith('.yaml'))
  .map(name => `${folder}/${name}`);
const documentsOf = text => parseAllDocuments(text, { merge: false, logLevel: 'silent', uniqueKeys: false });
const mistakesIn = (schema, value) => {
  const validate = ajv.getSchema(schema);
  return validate(value) ? [] : validate.errors.map(({ instancePath, message, params }) =>
    `${instancePath} ${message} ${JSON.stringify(params)}`);
};
const read = path => documentsOf(readFileSync(join(root, path), 'utf8'));

for (const path of [
  `${policies}/default-policy.yaml`, 'src/H2H.Throttle.Cli/Demo/demo-policy.yaml',
  'src/H2H.Throttle.Cli/Replay/replay-policy.yaml', 'tests/clients/grpc-js/policy.yaml',
  ...filesIn('tests/policies-odd'),
]) {
  test(`${path} is a policy`, () => {
    assert.deepEqual(mistakesIn('policy.schema.json', read(path)[0].toJS()), []);
  });
}

for (const path of filesIn('tests/cases')) {
  test(`${path} holds scenarios`, () => {
    for (const document of read(path)) {
      const scenario = document.toJS();
      if (scenario !== null) {
        assert.deepEqual(mistakesIn('scenario.schema.json', scenario), [], scenario.scenario);
      }
    }
  });
}

// What only the parser can tell depends on other parts of the document, on a list that is no part of the schema
// (zones, countries, presets), or on the text and not on what it says.
const refused = (folder, schema) => {
  const told = [];
  const untold = [];
  for (const path of filesIn(folder)) {
    const documents = read(path);
    const isWellFormed = documents.length === 1 && documents[0].errors.length === 0;
    if (!isWellFormed) {
      continue;
    }
    let value;
    try {
      value = documents[0].toJS({ maxAliasCount: 100 });
      JSON.stringify(value);
    } catch {
      continue; // it contains itself, or grows as it is repeated: no editor gets so far as to ask a schema
    }
    (mistakesIn(schema, value).length > 0 ? told : untold).push(path);
  }
  return { told, untold };
};

test('most mistakes of policies are told by the schema', t => {
  const { told, untold } = refused('tests/policies-bad', 'policy.schema.json');

  t.diagnostic(`${told.length} told, ${untold.length} not: ${untold.map(path => path.split('/').pop()).join(' ')}`);
  assert.ok(told.length >= 0.6 * (told.length + untold.length), untold.join('\n'));
});

test('most mistakes of scenarios are told by the schema', t => {
  const { told, untold } = refused('tests/policies-bad/scenarios', 'scenario.schema.json');

  t.diagnostic(`${told.length} told, ${untold.length} not: ${untold.map(path => path.split('/').pop()).join(' ')}`);
  assert.ok(told.length >= 0.5 * (told.length + untold.length), untold.join('\n'));
});

test('an editor is told which key a rule of a kind does not have', () => {
  const rules = [{ name: 'a', gap: 'rolling 4h', in: 'rolling 1d' }];

  const mistakes = mistakesIn('policy.schema.json', { channels: ['email'], purposes: { marketing: {} }, rules });

  assert.ok(mistakes.some(mistake => mistake.startsWith('/rules/0 property name must be valid')), mistakes.join('\n'));
});
