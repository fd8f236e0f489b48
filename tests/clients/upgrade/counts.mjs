/** A reporter of node:test that says one line, `N passed, N failed`; what was cancelled counts as failed. */
export default async function* counts(events) {
  const summary = new Map();
  for await (const { type, data } of events) {
    const [, name, number] = (type === 'test:diagnostic' && /^(pass|fail|cancelled) (\d+)$/.exec(data.message)) || [];
    summary.set(name, Number(number));
  }

  yield `${summary.get('pass')} passed, ${summary.get('fail') + summary.get('cancelled')} failed\n`;
}
