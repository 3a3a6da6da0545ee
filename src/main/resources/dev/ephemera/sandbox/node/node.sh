#!/bin/sh
# The first process of the real node, in namespaces of its own: gives the node a root directory in which nothing of what it
# writes is this machine's, then waits for processes that lost their parents. All of the node ends with it.
# usage: node.sh NAME-SERVER ROOT READY WRITABLE READ-ONLY...
set -eu
name_server=$1 root=$2 ready=$3 writable=$4
shift 4

# Nothing that is mounted from here on is seen outside.
mount --make-rprivate /
mkdir -p "$root"
mount -t tmpfs -o mode=0755,size=512m node "$root"
cd "$root"
for name in bin sbin lib lib32 lib64 libx32 usr; do
    if [ -L "/$name" ]; then
        cp -P "/$name" "$name"
    elif [ -d "/$name" ]; then
        mkdir "$name"
        mount --bind "/$name" "$name"
        mount -o remount,bind,ro "$name"
    fi
done
mkdir -p etc .etc/upper .etc/work proc sys dev run tmp root opt var/lib var/log var/tmp
# A copy that is made as it is written to: names are looked up as the sandbox has them.
mount -t overlay -o "lowerdir=/etc,upperdir=$root/.etc/upper,workdir=$root/.etc/work" etc etc
rm -f etc/resolv.conf
echo "nameserver $name_server" >etc/resolv.conf
chmod 1777 tmp var/tmp
mount -t proc proc proc
mount -t sysfs sysfs sys
mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount --rbind /dev dev
for directory; do
    mkdir -p ".$directory"
    mount --bind "$directory" ".$directory"
    mount -o remount,bind,ro ".$directory"
done
# Last: it may lie in one of the others.
mkdir -p ".$writable"
mount --bind "$writable" ".$writable"
mkdir .machine
pivot_root . .machine
umount -l /.machine
rmdir /.machine
# Volumes of pods are mounted here and have to be seen in their containers.
mount --make-rshared /
: >"$ready"

trap 'exit 0' TERM INT
while :; do
    sleep 3600 &
    wait $! || :
done
