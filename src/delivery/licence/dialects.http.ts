import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { bodyMax_bytes, callOf, type EdgeSettings } from './edge.http.ts';
import { keygenRoutes } from './keygen.http.ts';
import { absent, refused } from './keygen-reply.http.ts';
import { polarRoutes } from './polar.http.ts';

/**
 * Where licensed software asks: Polar's three calls and Keygen's, over one model, mounted at /v1. Devices have no cookies and no sessions here: who
 * has a key may ask about its licence. Answers are signed by the shop.
 */
export function licenceDialects(settings: EdgeSettings): Hono {
  const routes = new Hono();
  routes.use(
    bodyLimit({
      maxSize: bodyMax_bytes,
      onError: (http) =>
        refused(callOf(http, settings), 413, {
          code: 'BODY_TOO_LARGE',
          zh: '内容太大，没有处理。',
          en: 'The body is too large. Nothing was done.',
        }),
    }),
  );
  routes.route('/', polarRoutes(settings));
  routes.route('/', keygenRoutes(settings));
  routes.all('*', (http) => absent(callOf(http, settings)));
  return routes;
}
