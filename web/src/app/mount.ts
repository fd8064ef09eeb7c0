import { mount } from 'svelte';
import App from '../App.svelte';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/tables.css';
import { keepForOffline } from '../offline/keep.ts';
import { preferences } from './preferences.svelte.ts';

preferences.restore();
const target = document.getElementById('app');
target?.replaceChildren();
if (target) mount(App, { target });
keepForOffline();
