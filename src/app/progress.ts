/**
 * Runs a step; one that takes over a second is shown with its seconds, so that nobody wonders whether it hangs.
 * `tell` may be called by the step with what it is at.
 */
export async function step<T>(name: string, act: (tell: (what: string) => void) => Promise<T>): Promise<T> {
  const from = performance.now();
  const live = process.stdout.isTTY;
  let what = '';
  let shown = false;
  const line = () =>
    `  ${name} … ${((performance.now() - from) / 1000).toFixed(0)} s${what ? ` (${what})` : ''}`;
  const show = () => {
    shown = true;
    process.stdout.write(live ? `\r\u001B[K${line()}` : `${line()}\n`);
  };
  const timer = live ? setInterval(show, 1000) : setInterval(show, 5000);
  const first = setTimeout(show, 1000);
  try {
    return await act((text) => (what = text));
  } finally {
    clearInterval(timer);
    clearTimeout(first);
    const took = ((performance.now() - from) / 1000).toFixed(1);
    if (shown) process.stdout.write(`${live ? '\r\u001B[K' : ''}  ${name}: ${took} s\n`);
  }
}
