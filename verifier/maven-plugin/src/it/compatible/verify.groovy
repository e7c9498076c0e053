String log = new File(basedir, 'build.log').text
assert log.contains('compatible on paper')
assert new File(basedir, 'target/codicil/report.md').isFile()
