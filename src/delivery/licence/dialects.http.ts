import { Hono } from 'hono';
import { callOf, type EdgeSettings } from './edge.http.ts';
import { keygenRoutes } from './keygen.http.ts';
import { absent } from './keygen-reply.http.ts';
import { polarRoutes } from './polar.http.ts';

/**
 * Where licensed software asks: Polar's three calls and Keygen's, over one model, mounted at /v1. Devices have no cookies and no sessions here: who
 * has a key may ask about its licence. Answers are signed by the shop.
 */
export function licenceDialects(settings: EdgeSettings): Hono {
  const routes = new Hono();
  routes.route('/', polarRoutes(settings));
  routes.route('/', keygenRoutes(settings));
  routes.all('*', (http) => absent(callOf(http, settings)));
  return routes;
}
