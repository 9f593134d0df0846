import type { Environment } from './model.ts'

/** A variable of an environment: plain, or sealed at `environment_variables.value`. */
export interface Variable {
  id: string
  userId: string
  environmentId: string
  name: string
  value?: string
  sealedValue?: Uint8Array
}

/** Environments with their variables. All writes are durable when they return. */
export interface EnvironmentStore {
  /** The one used last comes first. */
  list(userId: string): Environment[]
  get(userId: string, id: string): Environment | undefined
  findByName(userId: string, name: string): Environment | undefined
  add(environment: Environment): void
  rename(userId: string, id: string, name: string): void
  remove(userId: string, id: string): void
  /** Remembers that it was used at that moment. */
  use(userId: string, id: string, at: number): void
  variables(userId: string, environmentId: string): Variable[]
  /** Replaces all variables of the environment in one transaction. */
  saveVariables(userId: string, environmentId: string, variables: Variable[]): void
}
