// What becomes of received files, on every engine, with real files and the real picture process.
#include <doctest/doctest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include "piece/atelier.hpp"
#include "piece/store.hpp"
#include "support/databases.hpp"
#include "support/fixtures.hpp"

namespace atelier_test {
namespace {

const Instant jour = *base::parse_instant("2026-11-21T09:00:00Z");

bool contient(std::string_view s, std::string_view morceau)
{
    return s.find(morceau) != std::string_view::npos;
}

/// One machine: its airlock, its store, its clock.
struct Machine {
    explicit Machine(db::Database& base) : db(base) {}

    Id<piece::Piece> recevoir(const std::string& nom, std::string_view octets, Instant le = jour)
    {
        const auto r = piece::recevoir(fichiers, {"fichiers", nom, "", octets});
        REQUIRE(r);
        return db.write([&](db::Transaction& tx) { return piece::store::inserer(tx, *r, le).id; });
    }
    piece::Piece relire(const Id<piece::Piece>& id)
    {
        auto tx = db.read();
        return *piece::store::trouver(tx, id);
    }
    piece::Bilan travailler() { return piece::preparer_fichiers(db, fichiers, horloge); }
    std::size_t au_sas()
    {
        std::size_t n = 0;
        for (const auto& f : std::filesystem::directory_iterator{config.files_directory + "/sas"})
            if (f.is_regular_file() && f.path().has_extension()) ++n;
        return n;
    }

    db::Database& db;
    Config config = test::scratch_config();
    piece::Fichiers fichiers{config};
    base::Clock horloge{jour};
};

template <class F> void sur_chaque_moteur(F&& f)
{
    test::for_each_engine([&](db::Database& db) {
        Machine machine{db};
        f(machine);
    });
}

// Colour of one point of a picture, by the vips command.
std::array<int, 3> point(const std::string& jpeg, int x, int y)
{
    const auto nom = test::scratch_directory() + "/image.jpg";
    std::ofstream{nom, std::ios::binary} << jpeg;
    const auto commande = "vips getpoint " + nom + ' ' + std::to_string(x) + ' ' + std::to_string(y);
    std::array<int, 3> rvb{};
    if (auto* sortie = popen(commande.c_str(), "r")) {
        if (std::fscanf(sortie, "%d %d %d", &rvb[0], &rvb[1], &rvb[2]) != 3) rvb = {};
        pclose(sortie);
    }
    return rvb;
}
} // namespace

TEST_CASE("un document reçu est rangé tel quel, et le sas est vidé")
{
    sur_chaque_moteur([](Machine& m) {
        const auto id = m.recevoir("courrier.txt", "Madame, Monsieur,");
        CHECK(m.au_sas() == 1);
        const auto bilan = m.travailler();
        CHECK(bilan.rangees == 1);
        const auto p = m.relire(id);
        CHECK(p.disponible());
        CHECK(m.fichiers.magasin->lire(p.sha256) == "Madame, Monsieur,");
        CHECK(m.au_sas() == 0);
        CHECK(m.travailler().vide());
    });
}

TEST_CASE("une photo perd ses coordonnées GPS et se redresse")
{
    const auto octets = test::fixture("photo-12mp.jpg");
    if (!octets) return;
    REQUIRE(contient(*octets, "Exif"));
    REQUIRE(contient(*octets, "Telephone 9"));
    sur_chaque_moteur([&](Machine& m) {
        const auto id = m.recevoir("IMG_2041.JPG", *octets);
        CHECK(m.relire(id).nom == "IMG_2041.jpg");
        CHECK(m.travailler().rangees == 1);
        const auto p = m.relire(id);
        REQUIRE(p.disponible());
        CHECK(p.type == piece::TypePiece::Jpeg);
        // Stored lying down (3024 × 4032) with « turn me »: given back upright.
        REQUIRE(p.largeur);
        CHECK(*p.largeur == 2016);
        CHECK(*p.hauteur == 1512);
        const auto image = m.fichiers.magasin->lire(p.sha256);
        const auto miniature = m.fichiers.magasin->lire(*p.miniature);
        CHECK(p.taille == image.size());
        for (const auto& sortie : {image, miniature})
            for (const auto* trace :
                 {"Exif", "GPS", "Telephone 9", "Fabrica", "2026:11", "http://ns.adobe.com", "ICC_PROFILE"})
                CHECK_FALSE(contient(sortie, trace));
        CHECK(miniature.size() < 40'000);
        CHECK(m.au_sas() == 0);
        // The blue curtain of the picture is on the right, the floor below: it was turned the right way.
        const auto rideau = point(image, 1930, 709), mur = point(image, 236, 866),
                   sol = point(image, 1024, 1465);
        CHECK(rideau[2] > rideau[0] + 10);
        CHECK(mur[0] > mur[2]);
        CHECK(sol[0] > sol[2] + 40);
    });
}

TEST_CASE("une photo un peu trop grande est ramenée à la taille que nous gardons, sa vignette à la sienne")
{
    const auto octets = test::fixture("photo-2800.jpg");
    if (!octets) return;
    test::FreshDatabase base{db::Engine::Sqlite};
    Machine m{*base};
    const auto id = m.recevoir("mur.jpg", *octets);
    CHECK(m.travailler().rangees == 1);
    const auto p = m.relire(id);
    CHECK(p.largeur == 2560);
    CHECK(p.hauteur == 1920);
    const auto miniature = m.fichiers.magasin->lire(*p.miniature);
    CHECK(point(miniature, 319, 239) != std::array<int, 3>{});
    CHECK(point(miniature, 320, 0) == std::array<int, 3>{});
}

TEST_CASE("les couleurs d’un téléphone récent deviennent celles de tous les écrans")
{
    const auto octets = test::fixture("rouge-p3.jpg");
    if (!octets) return;
    test::FreshDatabase base{db::Engine::Sqlite};
    Machine m{*base};
    const auto id = m.recevoir("porte.jpg", *octets);
    CHECK(m.travailler().rangees == 1);
    const auto rouge = point(m.fichiers.magasin->lire(m.relire(id).sha256), 200, 150);
    CHECK(std::abs(rouge[0] - 200) <= 4);
    CHECK(std::abs(rouge[1] - 40) <= 4);
    CHECK(std::abs(rouge[2] - 40) <= 4);
}

TEST_CASE("le processus des images qui meurt entre deux photos est remplacé à la suivante")
{
    const auto octets = test::fixture("fenetre.webp");
    if (!octets) return;
    const auto nom = test::scratch_directory() + "/fenetre.webp";
    std::ofstream{nom, std::ios::binary} << *octets;
    const piece::disque::Fd photo{open(nom.c_str(), O_RDONLY | O_CLOEXEC)};
    piece::ProcessusImages images{{}};
    CHECK(images.traiter(photo.get()));
    // The only child of this thread.
    int pid = 0;
    std::ifstream{"/proc/thread-self/children"} >> pid;
    REQUIRE(pid > 0);
    REQUIRE(kill(pid, SIGKILL) == 0);
    siginfo_t mort;
    REQUIRE(waitid(P_PID, static_cast<id_t>(pid), &mort, WEXITED | WNOWAIT) == 0);
    CHECK(images.traiter(photo.get()));
    CHECK(images.traiter(photo.get()));
}

TEST_CASE("HEIC, PNG et WebP deviennent des JPEG")
{
    sur_chaque_moteur([](Machine& m) {
        for (const auto* nom : {"facade.heic", "capture.png", "fenetre.webp"}) {
            const auto octets = test::fixture(nom);
            if (!octets) continue;
            INFO(std::string{nom});
            const auto id = m.recevoir(nom, *octets);
            CHECK(m.travailler().rangees == 1);
            const auto p = m.relire(id);
            REQUIRE(p.disponible());
            CHECK(p.nom.ends_with(".jpg"));
            if (p.nom == "facade.jpg") {
                CHECK(p.largeur == 1200);
                CHECK(p.hauteur == 900);
            }
            CHECK(m.fichiers.magasin->lire(p.sha256).starts_with("\xff\xd8\xff"));
        }
    });
}

TEST_CASE("une image que personne ne sait décoder est dite illisible, les autres fichiers sont rangés")
{
    const auto photo = test::fixture("photo-12mp.jpg");
    if (!photo) return;
    sur_chaque_moteur([&](Machine& m) {
        // A JPEG from beginning to end, but for what lies between.
        auto abimee = *photo;
        std::fill(abimee.begin() + 700, abimee.end() - 2, '\0');
        const auto cassee = m.recevoir("mur.jpg", abimee);
        const auto bonne = m.recevoir("note.txt", "bonjour");
        const auto bilan = m.travailler();
        CHECK(bilan.illisibles == 1);
        CHECK(bilan.rangees == 1);
        CHECK(m.relire(bonne).disponible());
        const auto p = m.relire(cassee);
        CHECK(p.etat == piece::Etat::Illisible);
        CHECK(p.motif == "illisible");
        CHECK(m.au_sas() == 0);
    });
}

TEST_CASE("une image trop longue à traiter est essayée trois fois, puis refusée")
{
    const auto photo = test::fixture("photo-12mp.jpg");
    if (!photo) return;
    sur_chaque_moteur([&](Machine& m) {
        m.fichiers.reglages.duree_max = std::chrono::milliseconds{1};
        const auto id = m.recevoir("chambre.jpg", *photo);
        for (int essai = 1; essai <= 2; ++essai) {
            CHECK(m.travailler().reportees == 1);
            CHECK(m.relire(id).etat == piece::Etat::Recue);
            CHECK(m.travailler().vide());
            m.horloge = base::Clock{m.horloge.now().plus_seconds(600)};
        }
        CHECK(m.travailler().illisibles == 1);
        CHECK(m.relire(id).motif == "trop_lourde");
    });
}

TEST_CASE("une image qui demande trop de mémoire est refusée, pas le service")
{
#if !defined(LOGIS_SANITIZED)
    const auto photo = test::fixture("photo-12mp.jpg");
    if (!photo) return;
    sur_chaque_moteur([&](Machine& m) {
        m.fichiers.reglages.memoire_max = 60'000'000;
        const auto id = m.recevoir("chambre.jpg", *photo);
        CHECK(m.travailler().illisibles == 1);
        CHECK(m.relire(id).etat == piece::Etat::Illisible);
    });
#endif
}

TEST_CASE("la même photo envoyée deux fois n’est gardée qu’une fois")
{
    const auto octets = test::fixture("fenetre.webp");
    if (!octets) return;
    sur_chaque_moteur([&](Machine& m) {
        const auto un = m.recevoir("a.webp", *octets), deux = m.recevoir("b.webp", *octets);
        CHECK(m.travailler().rangees == 2);
        CHECK(m.relire(un).sha256 == m.relire(deux).sha256);
        CHECK(m.relire(un).recu_sha256 == m.relire(deux).recu_sha256);
        std::size_t contenus = 0;
        m.fichiers.magasin->parcourir(std::chrono::seconds{0}, [&](const std::string&) { ++contenus; });
        CHECK(contenus == 2);
    });
}

TEST_CASE("une machine ne touche pas aux fichiers qui attendent sur une autre")
{
    test::for_each_engine([](db::Database& db) {
        Machine ici{db}, la_bas{db};
        CHECK(ici.fichiers.sas.nom() != la_bas.fichiers.sas.nom());
        const auto id = la_bas.recevoir("note.txt", "bonjour");
        CHECK(ici.travailler().vide());
        CHECK_FALSE(ici.relire(id).disponible());
        CHECK(la_bas.travailler().rangees == 1);
        CHECK(ici.relire(id).disponible());
    });
}

TEST_CASE("plusieurs ateliers ensemble rangent chaque fichier une fois")
{
    sur_chaque_moteur([](Machine& m) {
        for (int i = 0; i < 12; ++i) m.recevoir("note.txt", "note " + std::to_string(i));
        std::array<piece::Bilan, 4> bilans;
        {
            std::vector<std::jthread> ouvriers;
            for (auto& b : bilans)
                ouvriers.emplace_back([&] { b = piece::preparer_fichiers(m.db, m.fichiers, m.horloge); });
        }
        int rangees = 0;
        for (const auto& b : bilans) rangees += b.rangees;
        CHECK(rangees == 12);
        CHECK(m.au_sas() == 0);
    });
}

TEST_CASE("un fichier pris par un processus qui meurt est repris aussitôt")
{
    sur_chaque_moteur([](Machine& m) {
        const auto id = m.recevoir("note.txt", "bonjour");
        {
            auto tx = m.db.read();
            const auto cle = tx.one<std::string>("SELECT sas_cle FROM piece WHERE id = $1", id);
            const auto tenue = m.fichiers.sas.prendre(cle);
            REQUIRE(tenue.prise);
            CHECK(m.travailler().vide());
        }
        CHECK(m.travailler().rangees == 1);
    });
}

TEST_CASE("un fichier disparu du sas est dit perdu, et n’arrête pas les autres")
{
    sur_chaque_moteur([](Machine& m) {
        const auto perdu = m.recevoir("note.txt", "bonjour");
        const auto autre = m.recevoir("autre.txt", "bonsoir");
        {
            auto tx = m.db.read();
            m.fichiers.sas.effacer(tx.one<std::string>("SELECT sas_cle FROM piece WHERE id = $1", perdu));
        }
        m.travailler();
        CHECK(m.relire(perdu).etat == piece::Etat::Illisible);
        CHECK(m.relire(perdu).motif == "perdue");
        CHECK(m.relire(autre).disponible());
    });
}

TEST_CASE("l’atelier de fond prépare ce qui arrive et s’arrête aussitôt demandé")
{
    sur_chaque_moteur([](Machine& m) {
        const auto debut = std::chrono::steady_clock::now();
        {
            const piece::Atelier atelier{m.db, m.fichiers, m.horloge};
            const auto id = m.recevoir("note.txt", "bonjour");
            m.fichiers.annoncer();
            while (!m.relire(id).disponible() &&
                   std::chrono::steady_clock::now() - debut < std::chrono::seconds{10})
                std::this_thread::sleep_for(std::chrono::milliseconds{5});
            CHECK(m.relire(id).disponible());
        }
        CHECK(std::chrono::steady_clock::now() - debut < std::chrono::seconds{5});
    });
}

} // namespace atelier_test
