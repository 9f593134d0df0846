/** Marks a database as ours (`file` and other tools show it): "GtHs". */
export const applicationId = 0x47744873
