import type { Component } from '../components/model/component.ts';

/** The component with its package in another language: `NAME-VERSION-de.msi`. English is the package as it is. */
export function inLanguage(component: Component, language: string): Component {
  const { package: product } = component;
  if (!product || language === 'en') return component;
  const baseName: typeof product.baseName = (deployment) => `${product.baseName(deployment)}-${language}`;
  return { ...component, package: { ...product, language, baseName } };
}
