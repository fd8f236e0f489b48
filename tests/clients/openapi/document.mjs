// The document that a server serves, and its schemas ready to hold something against.
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** What the server says that it can be asked. */
export class Document {
  #ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, verbose: true });

  /** As it was served. */
  json;

  /** @param httpUrl `http://host:port` of the server's HTTP port. */
  static async fetch(httpUrl) {
    const document = new Document();
    const response = await fetch(`${httpUrl}/openapi.json`);
    document.json = await response.json();
    addFormats(document.#ajv);
    for (const format of ['int32', 'int64', 'uint64']) {
      document.#ajv.addFormat(format, true); // of OpenAPI's registry; the patterns beside them are what is held
    }

    // The document's own words, which JSON Schema does not have.
    document.#ajv.addVocabulary(['paths', 'components', 'openapi', 'info', 'servers', 'tags', 'jsonSchemaDialect']);
    document.#ajv.addSchema({ $id: 'openapi', components: document.json.components });
    return document;
  }

  /** Every call, as `[path, operation]`. */
  get calls() {
    return Object.entries(this.json.paths).filter(([, { post }]) => post?.operationId.includes('_'))
      .map(([path, { post }]) => [path, post]);
  }

  /** What is wrong with the body of a request of this call; empty: nothing. */
  mistakesInRequest(path, body) {
    return this.#mistakes(this.json.paths[path].post.requestBody.content['application/json'].schema, body);
  }

  /** What is wrong with the body of an answer of this call with this status, error or not. */
  mistakesInAnswer(path, status, body) {
    const response = this.json.paths[path].post.responses[status];
    if (response === undefined) {
      return [`${path} has no answer ${status}`];
    }

    const { content } = '$ref' in response ? this.#resolve(response.$ref) : response;
    return this.#mistakes(content['application/json'].schema, body);
  }

  /** A request in the one form that is told: with numbers of 64 bits as texts, which are also read as numbers. */
  written(path, body) {
    return this.#write(this.json.paths[path].post.requestBody.content['application/json'].schema, body);
  }

  #write(schema, value) {
    const { type, properties, items, additionalProperties } = '$ref' in schema ? this.#resolve(schema.$ref) : schema;
    if (Array.isArray(value)) {
      return value.map(item => this.#write(items ?? {}, item));
    }

    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([key, field]) =>
        [key, this.#write(properties?.[key] ?? (additionalProperties || {}), field)]));
    }

    return typeof value === 'number' && type === 'string' ? String(value) : value;
  }

  #resolve(reference) {
    return reference.slice(2).split('/').reduce((node, key) => node[key], this.json);
  }

  #mistakes({ $ref }, value) {
    const validate = this.#ajv.getSchema(`openapi${$ref}`) ?? this.#ajv.compile({ $ref: `openapi${$ref}` });
    return validate(value) ? [] : validate.errors.map(({ instancePath, message, params }) =>
      `${instancePath} ${message} ${JSON.stringify(params)}`);
  }
}
