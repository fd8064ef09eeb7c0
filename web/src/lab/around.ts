/** The parts around the diagram, bundled apart: the first picture needs none of them (first-picture.svelte.ts). */
export { default as HostCard } from './dock/HostCard.svelte';
export { default as StateDiagram } from './StateDiagram.svelte';
export { default as Why } from './Why.svelte';
