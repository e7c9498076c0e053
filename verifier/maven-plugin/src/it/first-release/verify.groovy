String log = new File(basedir, 'build.log').text
assert log.contains('the base has no contracts yet')
assert !new File(basedir, 'target/codicil').exists()
