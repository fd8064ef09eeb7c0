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
      // Maps and sets here are made anew instead of changed, or nothing on the page reads them.
      'svelte/prefer-svelte-reactivity': 'off',
      // svelte-check, which gives these warnings, also judges what is ignored of them.
      'svelte/no-unused-svelte-ignore': 'off',
      // A blank between two buttons that must stay is written {' '}.
      'svelte/no-useless-mustaches': 'off',
    },
  },
);
