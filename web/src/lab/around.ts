/** What stands around the diagram: a first picture does without it (first-picture.svelte.ts). */
export { default as HostCard } from './dock/HostCard.svelte';
export { default as StateDiagram } from './StateDiagram.svelte';
export { default as Why } from './Why.svelte';
