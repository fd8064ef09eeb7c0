/** What the page fetches behind its first picture is there in the tests. */
import rules from '@exercises/rules.json';
import '../src/i18n/exercises.ts';
import { takeRules } from '../src/lab/catalogue/rules.svelte.ts';

takeRules(rules, true);
