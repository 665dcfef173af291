import { componentsOf, runs } from '../../components/index.ts';
import type { Component } from '../../components/model/component.ts';
import { storageNodes } from '../../components/storage/shares.ts';
import type { Deployment, NodeSettings } from '../../site/deployment.ts';

/** The nodes that run a component, in the order of the site file. */
export function nodesOf(component: Component, { nodes }: Deployment): readonly NodeSettings[] {
  return nodes.filter((node) => runs(component, node));
}

/** The nodes that run any component: those that make shares first, as all wait for these, else in the order of the site file. */
export function servingNodes(deployment: Deployment): readonly NodeSettings[] {
  const own = componentsOf(deployment);
  const serving = deployment.nodes.filter((node) => own.some((component) => runs(component, node)));
  const makers = new Set(storageNodes(deployment));
  return [...serving.filter((node) => makers.has(node)), ...serving.filter((node) => !makers.has(node))];
}

/** The nodes that make shares and serve nobody themselves. */
export function storageOnlyNodes(deployment: Deployment): readonly NodeSettings[] {
  const serving = new Set(servingNodes(deployment));
  return storageNodes(deployment).filter((node) => !serving.has(node));
}
