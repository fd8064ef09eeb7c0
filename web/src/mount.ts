import { mount } from 'svelte';
import App from './App.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/tables.css';
import rulesAddress from '@exercises/rules.json?url';
import { recording, rules } from 'virtual:first-visit';
import { engine } from './engine/client.ts';
import { Prelude } from './engine/prelude.ts';
import { fetchRules, takeRules } from './lab/catalogue/rules.svelte.ts';
import { fetchAround } from './lab/first-picture.svelte.ts';
import { keepForOffline } from './offline/keep.ts';
import { preferences } from './app/preferences.svelte.ts';

// Fetched before all else, in parallel with the engine. A failure is shown by the view that needs it.
fetchAround().catch(() => undefined);
engine.start();
preferences.restore();
takeRules({ rules }, false);
if (recording) engine.prelude = new Prelude(recording, (name, ...args) => engine.ask(name, ...args));
const target = document.getElementById('app');
target?.replaceChildren();
if (target) mount(App, { target });
// No event needs them before the engine is there, and on a slow line they would take some of its share.
void engine.settled.then(() => fetchRules(rulesAddress));
keepForOffline();
