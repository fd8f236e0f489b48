import { post } from '../grpc-js/connect.mjs';

/** Makes one call, and fails if it is refused. */
export async function ask(httpUrl, call, request) {
  const { status, body } = await post(httpUrl, `h2h.throttle.v1.${call}`, request);
  if (status !== 200) {
    throw new Error(`${call} ${JSON.stringify(request)}: ${status} ${JSON.stringify(body)}`);
  }

  return body;
}

/** The answers to all questions, `[call, request]`, in order. */
export async function answersOf(httpUrl, questions) {
  const answers = [];
  for (const [call, request] of questions) {
    answers.push(await ask(httpUrl, call, request));
  }

  return answers;
}
