import { index, layout, route, type RouteConfig } from '@react-router/dev/routes';

export default [
  layout('storefront/frame.tsx', [
    index('storefront/home.tsx'),
  ]),
  route('*', 'not-found.tsx'),
] satisfies RouteConfig;
