String log = new File(basedir, 'build.log').text
// diff
assert new File(basedir, 'target/diff.json').text.contains('"changes"')
assert log.contains('contracts change in a way that is breaking')
// conform
assert log.contains('the provider does not promise what its consumers rely on')
// check, and report of what it found
assert log.contains('contract amendment fails')
assert new File(basedir, 'target/codicil/junit.xml').text.contains('<testsuites')
assert new File(basedir, 'target/scan/codicil.sarif').text.contains('"2.1.0"')
// init
assert new File(basedir, 'codicil.yaml').text.contains('version: 1')
// replay
assert new File(basedir, 'target/codicil/replay').isDirectory()
assert !log.contains('NullPointerException')
