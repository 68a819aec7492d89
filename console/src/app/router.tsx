import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { parseSearch, stringifySearch } from '../patterns/address.ts'
import { catalogueSearch, resourceSearch } from '../rooms/catalogue/address.ts'
import { entitySearch, kinds } from '../rooms/identity/address.ts'
import { NotFound, Root, RouteFault, RouteWait } from './root.tsx'

const root = createRootRoute({ component: Root, notFoundComponent: NotFound })
const getParentRoute = () => root

const home = createRoute({
  getParentRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../rooms/report/home.tsx'), 'Home'),
})
const catalogue = createRoute({
  getParentRoute,
  path: '/catalogue',
  validateSearch: catalogueSearch,
  component: lazyRouteComponent(() => import('../rooms/catalogue/list.tsx'), 'CatalogueList'),
})
const resource = createRoute({
  getParentRoute,
  path: '/catalogue/$department/$dataset',
  validateSearch: resourceSearch,
  component: lazyRouteComponent(() => import('../rooms/catalogue/resource.tsx'), 'ResourcePage'),
})
const reading = createRoute({
  getParentRoute,
  path: '/reading',
  component: lazyRouteComponent(() => import('../rooms/source/reading.tsx'), 'AllReading'),
})
const entities = createRoute({
  getParentRoute,
  path: '/entities',
  beforeLoad: () => {
    throw redirect({ to: '/entities/$kind', params: { kind: kinds[0] }, replace: true })
  },
})
const entitiesOfKind = createRoute({
  getParentRoute,
  path: '/entities/$kind',
  validateSearch: entitySearch,
  component: lazyRouteComponent(() => import('../rooms/identity/list.tsx'), 'EntityList'),
})
const entity = createRoute({
  getParentRoute,
  path: '/entities/$kind/$id',
  component: lazyRouteComponent(() => import('../rooms/identity/entity.tsx'), 'EntityPage'),
})
const jobs = createRoute({
  getParentRoute,
  path: '/jobs',
  component: lazyRouteComponent(() => import('../rooms/work/list.tsx'), 'JobList'),
})
const job = createRoute({
  getParentRoute,
  path: '/jobs/$id',
  component: lazyRouteComponent(() => import('../rooms/work/job.tsx'), 'JobPage'),
})

/** Every address of the console. */
export const router = createRouter({
  routeTree: root.addChildren([home, catalogue, resource, reading, entities, entitiesOfKind, entity, jobs, job]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultPendingComponent: RouteWait,
  defaultErrorComponent: RouteFault,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
