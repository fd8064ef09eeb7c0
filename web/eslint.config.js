import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist/**', 'tests/fixtures/**'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.node } } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } } },
  {
    rules: {
      // Maps and sets here are replaced rather than changed, or are not read reactively.
      'svelte/prefer-svelte-reactivity': 'off',
      // svelte-check gives these warnings, and also reports unused ignores.
      'svelte/no-unused-svelte-ignore': 'off',
      // {' '} keeps a blank between two buttons.
      'svelte/no-useless-mustaches': 'off',
    },
  },
);
