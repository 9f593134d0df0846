import { dialect, issuerLike, type Dialect, type DialectRow } from './dialect-rows.ts'
import { isObject, type JsonObject } from '../text/json-object.ts'

const github = 'GitHub Actions: OpenID Connect'
const gitlab = 'GitLab CI/CD: ID tokens'

const pipeline: readonly DialectRow[] = [
  ['ref', 'text', 'The branch or tag that it runs for.'],
  ['ref_type', 'text', 'Whether that is a branch or a tag.'],
  ['ref_protected', 'any', 'Whether the branch or tag is protected.'],
  ['environment', 'text', 'The deployment environment of the job.'],
  ['sha', 'text', 'The commit.'],
  ['runner_environment', 'text', 'Whether the runner is hosted by the provider or by its user.'],
]

/** Issuers of tokens for machines: pipelines, clusters, clouds. */
export const cloudDialects: readonly Dialect[] = [
  dialect(
    'GitHub Actions',
    github,
    issuerLike(
      /^https:\/\/token\.actions\.githubusercontent\.com(?:\/|$)|^https:\/\/[\w.-]+\/_services\/token$/,
    ),
    [
      ['sub', 'text', 'The workflow run: repository and what it runs for. No person is behind it.'],
      ['actor', 'text', 'Who started the workflow.'],
      ['actor_id', 'text', 'Id of who started the workflow.'],
      ['repository', 'text', 'The repository; it can be renamed, its id cannot.'],
      ['repository_id', 'text', 'Id of the repository.'],
      ['repository_owner', 'text', 'The owner of the repository.'],
      ['repository_owner_id', 'text', 'Id of the owner.'],
      ['repository_visibility', 'text', 'Whether the repository is public, internal or private.'],
      ['workflow', 'text', 'The name of the workflow.'],
      ['workflow_ref', 'text', 'The file of the workflow, with its branch or tag.'],
      ['workflow_sha', 'text', 'The commit of the workflow file.'],
      ['job_workflow_ref', 'text', 'The file of the reusable workflow, if the job uses one.'],
      ['job_workflow_sha', 'text', 'The commit of the reusable workflow.'],
      ['event_name', 'text', 'The event that started the workflow.'],
      ['run_id', 'text', 'Id of the run.'],
      ['run_number', 'text', 'Number of the run.'],
      ['run_attempt', 'text', 'Which attempt of the run it is.'],
      ['head_ref', 'text', 'The source branch of a pull request.'],
      ['base_ref', 'text', 'The target branch of a pull request.'],
      ['enterprise', 'text', 'The enterprise of the owner.'],
      ['enterprise_id', 'text', 'Id of the enterprise.'],
      ['check_run_id', 'text', 'Id of the job’s check run.'],
      ...pipeline,
    ],
  ),
  dialect(
    'GitLab CI/CD',
    gitlab,
    (claims) => 'pipeline_id' in claims && ('project_path' in claims || 'namespace_path' in claims),
    [
      ['sub', 'text', 'The job: project and what it runs for. No person is behind it.'],
      ['namespace_id', 'any', 'Id of the group or user that the project is in.'],
      ['namespace_path', 'text', 'The group or user that the project is in.'],
      ['project_id', 'any', 'Id of the project.'],
      ['project_path', 'text', 'The project; it can be renamed, its id cannot.'],
      ['project_visibility', 'text', 'Whether the project is public, internal or private.'],
      ['user_id', 'any', 'Id of who started the job.'],
      ['user_login', 'text', 'Username of who started the job.'],
      ['user_email', 'text', 'Email address of who started the job.'],
      ['user_access_level', 'text', 'The role of that user in the project.'],
      ['user_identities', 'json', 'External identities of that user.'],
      ['pipeline_id', 'any', 'Id of the pipeline.'],
      ['pipeline_source', 'text', 'What started the pipeline.'],
      ['job_id', 'any', 'Id of the job.'],
      ['job_project_id', 'any', 'Id of the project that the job runs in.'],
      ['job_project_path', 'text', 'The project that the job runs in.'],
      ['job_namespace_id', 'any', 'Id of the group or user that the job runs in.'],
      ['job_namespace_path', 'text', 'The group or user that the job runs in.'],
      ['runner_id', 'any', 'Id of the runner.'],
      ['ref_path', 'text', 'The full name of the branch or tag.'],
      ['ci_config_ref_uri', 'text', 'The file that defines the pipeline.'],
      ['ci_config_sha', 'text', 'The commit of that file.'],
      ['deployment_tier', 'text', 'The tier of the deployment environment.'],
      ['environment_protected', 'any', 'Whether the deployment environment is protected.'],
      ['deployment_action', 'text', 'What the job does with the environment.'],
      ['groups_direct', 'list', 'Groups that the user is a direct member of.'],
      ...pipeline,
    ],
  ),
  dialect(
    'Kubernetes',
    'Kubernetes: service account tokens',
    (claims) => isObject(claims['kubernetes.io']) || claims['iss'] === 'kubernetes/serviceaccount',
    [
      ['sub', 'text', 'The service account, with its namespace. No person is behind it.'],
      ['kubernetes.io', 'json', 'Namespace, pod, node and service account that the token is bound to.'],
      ['kubernetes.io/serviceaccount/namespace', 'text', 'The namespace of the service account.'],
      [
        'kubernetes.io/serviceaccount/secret.name',
        'text',
        'The Secret that holds this token: it never expires.',
      ],
      ['kubernetes.io/serviceaccount/service-account.name', 'text', 'The service account.'],
      ['kubernetes.io/serviceaccount/service-account.uid', 'text', 'Unique id of the service account.'],
    ],
  ),
  dialect(
    'AWS STS',
    'AWS IAM: outbound identity federation',
    (claims) =>
      isObject(claims['https://sts.amazonaws.com/']) ||
      issuerLike(
        /^https:\/\/(?:[\w.-]+\.tokens\.sts\.global\.api\.aws|sts(?:\.[\w-]+)?\.amazonaws\.com)(?:\/|$)/,
      )(claims),
    [
      ['sub', 'text', 'The ARN of the IAM role or user that requested the token.'],
      ['https://sts.amazonaws.com/', 'json', 'Account, organization, principal and session of the caller.'],
      ['https://aws.amazon.com/tags', 'json', 'Session tags.'],
    ],
  ),
  dialect(
    'Amazon Cognito',
    'Amazon Cognito: tokens',
    issuerLike(/^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com\//),
    [
      ['sub', 'text', cognitoSubject],
      ['token_use', 'text', (value) => `Amazon Cognito calls this an ${String(value)} token.`],
      ['username', 'text', 'Username in the pool.'],
      ['cognito:username', 'text', 'Username in the pool.'],
      ['cognito:groups', 'list', 'Groups of the account in the pool.'],
      ['cognito:roles', 'list', 'IAM roles of the account’s groups.'],
      ['cognito:preferred_role', 'text', 'The IAM role that comes first.'],
      ['origin_jti', 'text', 'Names the sign-in; all its tokens share it, for revocation.'],
      ['event_id', 'text', 'Names the sign-in in the logs of the pool.'],
      ['device_key', 'text', 'The remembered device.'],
      ['identities', 'json', 'The external identity provider and the account there.'],
      ['version', 'any', 'Version of the token format.'],
    ],
  ),
]

function cognitoSubject(_value: unknown, _context: unknown, claims: JsonObject): string {
  return claims['sub'] === claims['client_id']
    ? 'The client itself: no user is behind this token.'
    : 'The account: a unique id in the pool that never changes.'
}
