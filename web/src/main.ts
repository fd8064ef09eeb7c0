import { mount } from 'svelte';
import App from './App.svelte';
import { preferences } from './app/preferences.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';

preferences.restore();
const target = document.getElementById('app');
if (target) mount(App, { target });
