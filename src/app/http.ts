import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import type { Db } from '../kit/tx.ts';

export type Http = { address: string; stop: () => Promise<void> };

/** Listens and answers /healthz. Everything else is still to come. */
export async function startHttp({ db, config }: { db: Db; config: Config }): Promise<Http> {
  const server = createServer(async (request, response) => {
    const well =
      request.url === '/healthz' &&
      (await db.pool
        .query('select 1')
        .then(() => true)
        .catch(() => false));
    response.writeHead(well ? 200 : request.url === '/healthz' ? 503 : 404, { 'content-type': 'text/plain' });
    response.end(well ? 'ok\n' : 'no\n');
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed).listen(config.port, config.host, done);
  });
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeIdleConnections();
    });
  return { address: `http://${config.host}:${port}`, stop };
}
