import { reactRouter } from '@react-router/dev/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';

// The context keys must exist once per process: the pages import the very module that the server imports, through
// package.json "imports", instead of carrying a copy of it.
const external = ['#context'];
const builtOnce = { resolve: { external }, build: { rolldownOptions: { external } } };

/**
 * While developing, Vite would run a copy of its own of every file of ours. So there the name stands for a module
 * that hands on what the server has: this file runs in the same process and imports the same one.
 */
const place = 'mengyue.context';
const servedOnce: Plugin = {
  name: 'context-once',
  apply: 'serve',
  enforce: 'pre',
  resolveId: (id) => (id === '#context' ? `\0${place}` : null),
  load: async (id) => {
    if (id !== `\0${place}`) return null;
    const url = new URL('./src/app/context.ts', import.meta.url).href;
    const keys = (await import(/* @vite-ignore */ url)) as Record<string, unknown>;
    Object.assign(globalThis, { [place]: keys });
    return Object.keys(keys)
      .map((name) => `export const ${name} = globalThis['${place}'].${name};`)
      .join('\n');
  },
};

export default defineConfig(({ command }) => ({
  plugins: [servedOnce, tailwindcss(), reactRouter()],
  environments: { ssr: command === 'build' ? builtOnce : {} },
  // A data: URL in a stylesheet is the only inlining: everything else is a file with a name that never changes its content.
  build: { assetsInlineLimit: 0 },
}));
