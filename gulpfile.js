const { dest, src } = require('gulp');

/** Icons are referenced by the compiled nodes and credentials, so they must lie beside them in dist. */
function buildIcons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
}

exports['build:icons'] = buildIcons;
