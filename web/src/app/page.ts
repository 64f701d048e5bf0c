import i18next, { type Namespace } from 'i18next';
import { lazy, type ComponentType } from 'react';

/** A screen whose code and texts are fetched, side by side, when it is first shown. */
export function page(load: () => Promise<{ default: ComponentType }>, namespaces: Namespace[]) {
  return lazy(async () => {
    const [module] = await Promise.all([load(), i18next.loadNamespaces(namespaces.flat())]);
    return module;
  });
}
