export { ComparisonPage } from './comparison-page.tsx'
export { FlowPage } from './flow-page.tsx'
export { FlowsHome } from './flows-home.tsx'
export { FlowsList } from './flows-list.tsx'
