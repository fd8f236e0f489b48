// The language server that editors run for YAML, asked as they ask it. It reads the schemas that the first lines name.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const { getLanguageService, TextDocument } = createRequire(import.meta.url)('yaml-language-server');

const service = getLanguageService({
  schemaRequestService: async address => readFileSync(fileURLToPath(address), 'utf8'),
  workspaceContext: { resolveRelativePath: (path, document) => new URL(path, `${dirname(document)}/`).href },
  telemetry: { send() {}, sendTrack() {}, sendError: (event, { error }) => { throw new Error(`${event}: ${error}`); } },
});
service.configure({ validate: true, completion: true, hover: true, format: false, schemas: [] });

let opened = 0;
const open = (schema, folder, text) => TextDocument.create(
  pathToFileURL(`${folder}/opened-${++opened}.yaml`).href, 'yaml', 1,
  `# yaml-language-server: $schema=${schema}\n${text}`);

/** A document that has no name yet, in the folder of the schemas. `|` stands for the cursor, if any. */
export const editorOn = folder => {
  const openAt = (schema, text) => {
    const document = open(schema, folder, text.replace('|', ''));
    return [document, document.positionAt(document.getText().length - text.length + text.indexOf('|') + 1)];
  };
  return {
    /** What is underlined: the line and what is said of it. */
    marksIn: async (schema, text) => (await service.doValidation(open(schema, folder, text), false))
      .map(({ range, message }) => `${range.start.line} ${message}`),

    /** What can be written next, each with its documentation. */
    offersAt: async (schema, text) => new Map((await service.doComplete(...openAt(schema, text), false)).items
      .map(({ label, documentation }) => [label, documentation?.value ?? documentation ?? ''])),

    hoverAt: async (schema, text) => (await service.doHover(...openAt(schema, text)))?.contents.value ?? '',
  };
};
