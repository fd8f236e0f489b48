import assert from 'node:assert/strict';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { fileURLToPath } from 'node:url';
import { shape } from './client.mjs';

const standard = protoLoader.loadSync(fileURLToPath(new URL('standard/google_rpc.proto', import.meta.url)), shape);

/**
 * What a failed call says, read as the standard error model of gRPC (https://google.aip.dev/193).
 * `reason` is the word to switch on, `field` the first field at fault, `violations` all of them.
 * Everything but `code` and `message` is undefined or empty if the error did not come from the service, but from the
 * library or the network.
 */
export function readError(error) {
  const [trailer] = error.metadata?.get('grpc-status-details-bin') ?? [];
  const status = trailer ? standard['google.rpc.Status'].deserialize(trailer) : undefined;
  const info = detail(status, 'google.rpc.ErrorInfo');
  return {
    code: grpc.status[error.code],
    message: error.details,
    status,
    reason: info?.reason,
    domain: info?.domain,
    field: info?.metadata.field,
    violations: detail(status, 'google.rpc.BadRequest')?.fieldViolations ?? [],
  };
}

/** Waits for a call that must fail; what it says. */
export async function refusalOf(call) {
  const error = await call.then(
    answer => assert.fail(`It was answered: ${JSON.stringify(answer)}`),
    failure => failure);
  assert.equal(typeof error.code, 'number', `Not a failed call: ${error.stack}`);
  return readError(error);
}

function detail(status, type) {
  const found = status?.details.find(any => any.type_url === `type.googleapis.com/${type}`);
  return found && standard[type].deserialize(found.value);
}
