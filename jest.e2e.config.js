const unit = require('./jest.config');

/** @type {import('jest').Config} */
module.exports = {
	...unit,
	testMatch: ['**/e2e/**/*.e2e.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	// The first run installs n8n.
	testTimeout: 20 * 60_000,
};
