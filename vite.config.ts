import { reactRouter } from '@react-router/dev/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

// The context keys must exist once per process: the built pages import the very module that the server imports,
// through package.json "imports", instead of carrying a copy of it.
const external = ['#context'];

export default defineConfig({
  plugins: [tailwindcss(), reactRouter()],
  environments: { ssr: { resolve: { external }, build: { rolldownOptions: { external } } } },
  // A data: URL in a stylesheet is the only inlining: everything else is a file with a name that never changes its content.
  build: { assetsInlineLimit: 0 },
});
